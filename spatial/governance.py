"""The closed sets of governing by grid: categories of the event list, departments, roles, what stations are for.

They stand beside `spatial.vocabulary` and share its `word`.
"""

from enum import StrEnum

from spatial.text import Text
from spatial.vocabulary import WORDS


class EventCategory(StrEnum):
    """The nine categories of the event list (9大类)."""

    PUBLIC_SAFETY = "public_safety"
    PUBLIC_ORDER = "public_order"
    DISPUTES = "disputes"
    APPEARANCE = "appearance"
    FACILITIES = "facilities"
    ENVIRONMENT = "environment"
    HOUSING = "housing"
    PEOPLE_SERVICES = "people_services"
    MARKETS = "markets"


class Department(StrEnum):
    """Who is called to an incident: the five duty departments of "1+5+N", then the others."""

    URBAN_MANAGEMENT = "urban_management"
    MUNICIPAL_WORKS = "municipal_works"
    SANITATION = "sanitation"
    LANDSCAPING = "landscaping"
    PROPERTY_MANAGEMENT = "property_management"
    COMMUNITY = "community"
    POLICE = "police"
    TRAFFIC_POLICE = "traffic_police"
    FIRE = "fire"
    GAS = "gas"
    ENVIRONMENT = "environment"
    HOUSING = "housing"
    JUSTICE = "justice"
    CIVIL_AFFAIRS = "civil_affairs"
    HEALTH = "health"
    MARKET_SUPERVISION = "market_supervision"


class Role(StrEnum):
    """What an account may do, within the area that bounds it; each may also do what the one before it may read."""

    VIEWER = "viewer"
    WORKER = "worker"
    DISPATCHER = "dispatcher"
    PLANNER = "planner"
    ADMINISTRATOR = "administrator"


class Mediator(StrEnum):
    """Who mediates a dispute, as its parties choose."""

    COMMUNITY_JUDGE = "community_judge"
    LEGAL_ADVISER = "legal_adviser"
    PEOPLES_MEDIATOR = "peoples_mediator"


class StationFunction(StrEnum):
    """What a person can get done at a station."""

    COMMAND = "command"
    REGISTRATION = "registration"
    ERRANDS = "errands"
    GOVERNMENT_SERVICES = "government_services"
    COURT = "court"
    READING = "reading"
    SOCIAL_WORK = "social_work"
    ELDERLY = "elderly"
    CHILDREN = "children"
    PARCELS = "parcels"
    CRAFTS = "crafts"
    CANTEEN = "canteen"
    HEALTH = "health"
    MEETING = "meeting"
    VOLUNTEERS = "volunteers"
    REST = "rest"


def _name(*members: tuple[StrEnum, str, str]) -> None:
    for member, zh, en in members:
        WORDS[type(member), member.value] = Text(zh, en)


_name(
    (EventCategory.PUBLIC_SAFETY, "公共安全", "Public safety"),
    (EventCategory.PUBLIC_ORDER, "社会治安", "Public order"),
    (EventCategory.DISPUTES, "矛盾纠纷", "Disputes"),
    (EventCategory.APPEARANCE, "市容秩序", "Street order"),
    (EventCategory.FACILITIES, "市政设施", "Municipal facilities"),
    (EventCategory.ENVIRONMENT, "环境卫生", "Environment and sanitation"),
    (EventCategory.HOUSING, "小区物业", "Housing and property management"),
    (EventCategory.PEOPLE_SERVICES, "民生服务", "Services to people"),
    (EventCategory.MARKETS, "市场监管", "Markets and food"),
)
_name(
    (Department.URBAN_MANAGEMENT, "城管", "Urban management"),
    (Department.MUNICIPAL_WORKS, "市政", "Municipal works"),
    (Department.SANITATION, "环卫", "Sanitation"),
    (Department.LANDSCAPING, "园林", "Landscaping"),
    (Department.PROPERTY_MANAGEMENT, "物业管理", "Property management"),
    (Department.COMMUNITY, "社区", "Community"),
    (Department.POLICE, "公安", "Police"),
    (Department.TRAFFIC_POLICE, "交警", "Traffic police"),
    (Department.FIRE, "消防", "Fire brigade"),
    (Department.GAS, "燃气", "Gas works"),
    (Department.ENVIRONMENT, "生态环境", "Environment bureau"),
    (Department.HOUSING, "住建", "Housing bureau"),
    (Department.JUSTICE, "司法", "Justice office"),
    (Department.CIVIL_AFFAIRS, "民政", "Civil affairs"),
    (Department.HEALTH, "卫健", "Health"),
    (Department.MARKET_SUPERVISION, "市场监管", "Market supervision"),
)
_name(
    (Role.VIEWER, "查看人员", "Viewer"),
    (Role.WORKER, "处置人员", "Worker"),
    (Role.DISPATCHER, "调度员", "Dispatcher"),
    (Role.PLANNER, "规划员", "Planner"),
    (Role.ADMINISTRATOR, "管理员", "Administrator"),
    (Mediator.COMMUNITY_JUDGE, "社区法官", "Community judge"),
    (Mediator.LEGAL_ADVISER, "法律顾问", "Legal adviser"),
    (Mediator.PEOPLES_MEDIATOR, "人民调解员", "People's mediator"),
)
_name(
    (StationFunction.COMMAND, "指挥调度", "Command"),
    (StationFunction.REGISTRATION, "报到登记", "Registration"),
    (StationFunction.ERRANDS, "代办跑腿", "Errands"),
    (StationFunction.GOVERNMENT_SERVICES, "政务服务", "Government services"),
    (StationFunction.COURT, "小区法庭", "Community court"),
    (StationFunction.READING, "阅读", "Reading room"),
    (StationFunction.SOCIAL_WORK, "社会工作", "Social work"),
    (StationFunction.ELDERLY, "为老服务", "For the elderly"),
    (StationFunction.CHILDREN, "托管儿童", "For children"),
    (StationFunction.PARCELS, "快递收发", "Parcels"),
    (StationFunction.CRAFTS, "手工坊", "Crafts"),
    (StationFunction.CANTEEN, "食堂", "Canteen"),
    (StationFunction.HEALTH, "健康小屋", "Health room"),
    (StationFunction.MEETING, "议事厅", "Meeting room"),
    (StationFunction.VOLUNTEERS, "志愿服务", "Volunteers"),
    (StationFunction.REST, "歇脚驿站", "Rest stop"),
)
