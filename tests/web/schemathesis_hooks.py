"""What the OpenAPI document cannot say of a request that is right."""
import schemathesis
from schemathesis import GenerationMode

# Lines of JSON are sent as they are.
schemathesis.serializer.alias("application/x-ndjson", "text/plain")


def settle(parameters, name):
    """Selectors go with the mode custom only, which needs one."""
    if parameters.get("mode") == "custom":
        parameters[name] = ["article p"]
    else:
        parameters.pop(name, None)


@schemathesis.hook
def map_case(context, case):
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return case
    if case.media_type == "application/json":
        case.query = {}  # only a raw page comes with one
        if isinstance(case.body, dict):
            settle(case.body, "selectors")
    elif case.path == "/extract":
        settle(case.query, "selector")
    return case
