from credsite.hooks import CheckHook, HookFinding, OutputHook, hook


@hook
def credsite_outputs():
    return [OutputHook("free", free, kinds=["courses"])]


@hook
def credsite_checks():
    return [CheckHook("course-code", check, "A course has no code.")]


@hook
def credsite_filters():
    return {"price": str}


def free(site):
    yield "free.json", "[]"


def check(site):
    yield HookFinding("Write a code.")
