"""How good it is: convergence, restatements, conversion tests, experts side by side, with and without a partner."""
