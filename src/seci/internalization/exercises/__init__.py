"""What is practised beside the judgement of a case: rankings, checklists, drills, teaching back, role-play."""
