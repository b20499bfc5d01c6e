"""Role-plays of three on a judgement, with an observer's form."""
