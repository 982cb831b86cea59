def blank_questionnaire(*a, **k):
    return None


def filled_questionnaire(*a, **k):
    return None
