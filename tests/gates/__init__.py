"""What the gates look for; test_gates.py runs each on the project and on a planted violation."""
