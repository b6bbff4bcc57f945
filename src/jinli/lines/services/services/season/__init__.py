"""What is done in an enrolment season."""
