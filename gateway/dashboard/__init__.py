"""The dashboard as data: asked of five services, and put together for page and API alike."""
