/** The address of the desk restores what it was written from, and takes nothing that is not its own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Address, parse, write } from "../src/dispatch/address";
import { TAB_NAMES } from "../src/dispatch/tabs";

const WHOLE: Address = {
  district: "luxian",
  area: "/510521/510521001",
  category: "disputes",
  department: "justice",
  clock: "running_out",
  centre: "/510521,/510521/510521001",
  state: "on_site",
  text: "漏水 & 楼上=楼下?",
  tab: "waiting",
  selected: "luxian/SJ-20261123-0001",
  response: "luxian/XY-20261123-01",
  camera: { lon: 105.36958, lat: 29.1525, zoom: 16.25 },
  layers: new Map([
    ["stations", true],
    ["grid", false],
  ]),
  language: "en",
  theme: "light",
};

test("what is written is read again, every part of it and each part alone", () => {
  const empty = parse("");
  assert.deepEqual(parse(write(WHOLE)), WHOLE);
  for (const name of Object.keys(WHOLE) as (keyof Address)[]) {
    const alone = { ...empty, [name]: WHOLE[name] };
    assert.deepEqual(parse(write(alone)), alone, name);
  }
  assert.equal(parse("?response=all").response, "all");
  for (const tab of TAB_NAMES) assert.equal(parse(write({ ...empty, tab })).tab, tab);
  assert.equal(write(empty), "");
});

test("what is no part of an address is left out", () => {
  const empty = parse("");
  for (const query of [
    "?tab=lost",
    "?at=1,2",
    "?at=a,b,c",
    "?at=200,10,5",
    "?incident=luxian",
    "?response=luxian",
    "?lang=fr",
    "?theme=red",
  ]) {
    assert.deepEqual(parse(query), empty, query);
  }
});
