"""What an agent proposes and a person confirms: a review, a step on the ladder, the answer to a challenge."""
