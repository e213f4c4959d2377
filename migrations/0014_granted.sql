-- How fast a ceiling is used up is read from the orders that have something of one: few of many.
create index order_state_granted on order_state (program_id, placed_at) where grants <> '{}';
