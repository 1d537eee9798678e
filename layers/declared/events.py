"""Events: an incident's shape and fill say its priority; hollow with a dot means that someone is going."""

from layers.model import Cluster, Icon, Is, Layer, Rule, Shape, Stack
from spatial.text import Text
from spatial.vocabulary import OPEN_STATES, Element, IncidentState, Priority, word

WAITING = (IncidentState.REPORTED, IncidentState.FILED, IncidentState.RETURNED, IncidentState.SUSPENDED)
ATTENDED = (IncidentState.DISPATCHED, IncidentState.ON_SITE)
HANDLED = (IncidentState.HANDLED, IncidentState.VERIFIED)

_COLUMNS = ("category", "state", "priority", "department", "reported_at", "due_at")


def _states(*states: IncidentState) -> Is:
    return Is("state", tuple(state.value for state in states))


def _single(priority: Priority, suffix: str, states: tuple[IncidentState, ...], doing: Text | None) -> Rule:
    title = word(priority)
    return Rule(
        f"priority-{priority.value}{suffix}",
        (Icon(Stack.INCIDENT, f"incident-{priority.value}{suffix}", size=((13, 0.72), (15, 1))),),
        where=(Is("priority", (priority.value,)), _states(*states)),
        title=Text(f"{title.zh} · {doing.zh}", f"{title.en} · {doing.en}") if doing else title,
    )


INCIDENTS = Layer(
    "incidents",
    Element.EVENTS,
    Text("未结事件", "Open incidents"),
    "incidents",
    Shape.POINT,
    (
        # the most urgent last, so that it lies on top
        *(
            Rule(
                f"cluster-{priority.value}",
                (Cluster(Stack.INCIDENT, f"priority-{priority.value}", "map-label-1", alone=False),),
                where=(Is("priority", (priority.value,)),),
            )
            for priority in reversed(Priority)
        ),
        *(_single(p, "-handled", HANDLED, Text("待核查", "to be verified")) for p in reversed(Priority)),
        *(_single(p, "-attended", ATTENDED, Text("已有人前往", "someone is going")) for p in reversed(Priority)),
        *(_single(p, "", WAITING, None) for p in reversed(Priority)),
    ),
    where=(_states(*OPEN_STATES),),
    visible=True,
    columns=_COLUMNS,
)

CLOSED = Layer(
    "incidents_closed",
    Element.EVENTS,
    Text("已结事件（90 天）", "Closed incidents (90 days)"),
    "incidents",
    Shape.POINT,
    (
        Rule(
            "cluster",
            (Cluster(Stack.THING, "state-closed", "map-label-1", alone=False),),
        ),
        Rule(
            "closed",
            (Icon(Stack.THING, "incident-closed", size=((13, 0.6), (16, 1))),),
            where=(_states(IncidentState.CLOSED),),
            title=word(IncidentState.CLOSED),
        ),
    ),
    where=(_states(IncidentState.CLOSED),),
    zooms=(10, 24),
    columns=(*_COLUMNS, "closed_at"),
)

EVENTS = (CLOSED, INCIDENTS)
