"""What pages and API of the support console share: answers of several services put together, and the words for them."""
