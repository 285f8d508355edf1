"""What an authority's committee was told, was promised and follows: claims, actions, the plan.

Each is one file of an authority (params/<authority>/claims.yml, actions.yml, plan.yml), read with
every fault at once. One authority's files never judge another's figures.
"""
