"""One visitor at the real server: in Chromium, or by the messages of one."""
