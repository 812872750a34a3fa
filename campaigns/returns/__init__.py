"""Money that goes back by bank: to which account, ordered in batches, followed until it is there.

What is owed back is decided in `campaigns.refunds`; the order to the bank and its file are treasury's
(`payment_orders`), and so is taking in what a bank sends back (`returned_payments`).
"""
