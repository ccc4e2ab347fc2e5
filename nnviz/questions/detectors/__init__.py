"""What hidden neurons look for, and how far they find it."""
