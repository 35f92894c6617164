"""The Lessons page: a list, and one lesson step by step; answers come before what is true."""
