/** The words of the closed sets of stations and cameras, as the server has them: a test holds the two to each other.
 * Chinese, then English. */

import { inBook } from "./book";

export const THINGS = inBook({
  "station.district_centre": ["区级中心", "District centre"],
  "station.street_centre": ["街道服务中心", "Street service centre"],
  "station.community_station": ["社区服务站", "Community station"],
  "station.doorstep": ["家门口服务站", "Doorstep station"],
  "station.micro": ["微阵地", "Micro service point"],
  "station.registration": ["报到站", "Registration station"],
  "station.civic_practice": ["新时代文明实践站", "Civic-practice post"],
  "station.shared_space": ["小区共享空间", "Shared space"],
  "station.party_service": ["小区党群服务中心", "Party-service centre"],
  "station.governance": ["网格治理中心（站）", "Grid-governance centre"],

  "function.command": ["指挥调度", "Command"],
  "function.registration": ["报到登记", "Registration"],
  "function.errands": ["代办跑腿", "Errands"],
  "function.government_services": ["政务服务", "Government services"],
  "function.court": ["小区法庭", "Community court"],
  "function.reading": ["阅读", "Reading room"],
  "function.social_work": ["社会工作", "Social work"],
  "function.elderly": ["为老服务", "For the elderly"],
  "function.children": ["托管儿童", "For children"],
  "function.parcels": ["快递收发", "Parcels"],
  "function.crafts": ["手工坊", "Crafts"],
  "function.canteen": ["食堂", "Canteen"],
  "function.health": ["健康小屋", "Health room"],
  "function.meeting": ["议事厅", "Meeting room"],
  "function.volunteers": ["志愿服务", "Volunteers"],
  "function.rest": ["歇脚驿站", "Rest stop"],

  "mounted.gate": ["大门", "Gate"],
  "mounted.wall_corner": ["围墙转角", "Wall corner"],
  "mounted.entrance": ["单元门", "Stair entrance"],
  "mounted.path": ["内部道路", "Path inside"],
  "mounted.street": ["街面", "Street side"],

  "camera.131": ["摄像机", "Camera"],
  "camera.132": ["网络摄像机", "Network camera"],
});
