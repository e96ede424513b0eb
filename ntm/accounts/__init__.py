"""Accounts that the installation keeps itself: passwords, one-time links, second factors, sessions, failed sign-ins.

They prove who somebody is, by their address. What that person may do is said by the list of people alone
(ntm.people_list). Accounts are no part of the province's data: they are changed and deleted, and no backup holds them.
"""
