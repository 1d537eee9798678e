/** The words of the closed sets of incidents, of the states of cameras, and of their filters: Chinese, then English.
 * A test holds them to the server's. */

import { inBook } from "./book";

export const SETS = inBook({
  "filter.category": ["类别", "Category"],
  "filter.category.all": ["全部类别", "Every category"],
  "filter.department": ["部门", "Dept."],
  "filter.department.all": ["全部部门", "Every department"],

  "level.district": ["区县", "District"],
  "level.street": ["街道", "Street"],
  "level.community": ["社区", "Community"],
  "level.grid": ["网格", "Grid"],
  "level.compound": ["小区", "Compound"],
  "level.building": ["楼栋", "Building"],
  "level.legacy_grid": ["原部门网格", "Legacy grid"],

  "state.reported": ["已上报", "Reported"],
  "state.filed": ["已立案", "Filed"],
  "state.dispatched": ["已派遣", "Dispatched"],
  "state.on_site": ["已到场", "On site"],
  "state.handled": ["已处置", "Handled"],
  "state.verified": ["已核查", "Verified"],
  "state.closed": ["已结案", "Closed"],
  "state.returned": ["已退回", "Returned"],
  "state.suspended": ["挂起", "Suspended"],
  "state.online": ["在线", "Online"],
  "state.offline": ["离线", "Offline"],
  "state.fault": ["故障", "Fault"],

  "priority.1": ["一级 紧急", "1 urgent"],
  "priority.2": ["二级 高", "2 high"],
  "priority.3": ["三级 中", "3 normal"],
  "priority.4": ["四级 低", "4 low"],

  "category.public_safety": ["公共安全", "Public safety"],
  "category.public_order": ["社会治安", "Public order"],
  "category.disputes": ["矛盾纠纷", "Disputes"],
  "category.appearance": ["市容秩序", "Street order"],
  "category.facilities": ["市政设施", "Municipal facilities"],
  "category.environment": ["环境卫生", "Environment and sanitation"],
  "category.housing": ["小区物业", "Housing and property management"],
  "category.people_services": ["民生服务", "Services to people"],
  "category.markets": ["市场监管", "Markets and food"],

  "department.urban_management": ["城管", "Urban management"],
  "department.municipal_works": ["市政", "Municipal works"],
  "department.sanitation": ["环卫", "Sanitation"],
  "department.landscaping": ["园林", "Landscaping"],
  "department.property_management": ["物业管理", "Property management"],
  "department.community": ["社区", "Community"],
  "department.police": ["公安", "Police"],
  "department.traffic_police": ["交警", "Traffic police"],
  "department.fire": ["消防", "Fire brigade"],
  "department.gas": ["燃气", "Gas works"],
  "department.environment": ["生态环境", "Environment bureau"],
  "department.housing": ["住建", "Housing bureau"],
  "department.justice": ["司法", "Justice office"],
  "department.civil_affairs": ["民政", "Civil affairs"],
  "department.health": ["卫健", "Health"],
  "department.market_supervision": ["市场监管", "Market supervision"],
});
