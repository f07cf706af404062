"""Everything outside the process: broker, mail, processors for passwords and tokens, and where keys lie."""
