"""What mypy is to know of django-money: a MoneyField holds Money, which the package does not say."""
