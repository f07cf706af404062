"""What tests know of the stand-ins without importing nameko."""

PASSWORD = "correct horse battery"
CODE = "ABCDEFGHJKMNPQRS"
NAME = "Ada <Lovelace>"
