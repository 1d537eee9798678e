/** The sentences about people on duty on the map, and about sending them by hand: Chinese, then English. */

import { inBook } from "./book";

export const PEOPLE = inBook({
  "people.title": ["在岗人员", "Responders on duty"],
  "people.legend": ["在岗 {n}", "on duty {n}"],
  "people.legend_some": ["在岗，显示 {m}/{n}", "on duty, {m} of {n} shown"],
  "people.fade": ["淡＝位置较旧", "faint = older position"],
  "people.drag_help": [
    "拖到事件上即派遣；键盘：选中事件后按 1–9、D",
    "Drag onto an incident to send them; by keys: 1–9, then D",
  ],

  "send.to": ["派{who}去：{name}", "Send {who} to: {name}"],
  "send.again": ["改派{who}去：{name}", "Send {who} instead to: {name}"],
  "send.nowhere": ["拖到地图标记、列表行或详情上", "Drop on a mark, a row or the details"],
  "send.cluster": ["此处有多件事件，请先放大", "Several incidents are gathered here: zoom in first"],
  "send.other_district": ["{who}在另一区县在岗", "{who} is on duty in another district"],
  "send.not_yet": ["尚未立案，请先立案", "It is not filed yet: file it first"],
  "send.same": ["已派给{who}", "{who} is on it already"],
  "send.state": ["事件{state}，不能派遣", "It is {state}: nobody is sent now"],
  "send.role": ["您的角色不能派遣", "Nobody in your role sends people"],
  "send.asked": ["有申请正待审批，先审批再派遣", "A request waits for a decision: decide it first"],
  "send.offline": ["连接恢复后才能派遣", "Not until the connection is back"],
  "send.refused": ["没有派遣：{why}", "Nobody was sent: {why}"],
  "send.confirm": ["改派{who}？", "Send {who} instead?"],
  "send.confirm_help": [
    "现在由{now}处置（{state}）。改派后状态回到“已派遣”，到场时间清除。",
    "{now} has it now ({state}). It goes back to Dispatched, and the time of arrival is cleared.",
  ],
  "send.confirm_do": ["改派{who}", "Send {who} instead"],
  "send.somebody": ["部门", "a department"],
});
