"""What words and verdicts come to: rules that were told and hold up, and what was learned where none fits."""
