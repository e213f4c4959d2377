-- What all together gave to causes is shown to shoppers: summed over the gifts alone, not over every reward that was used.
create index redemption_given on redemption (program_id, reward) include (net_points) where state = 'captured';
