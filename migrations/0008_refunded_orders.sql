-- Orders with refunds, newest first: read again each night, and searched when a refund is deleted. Few of all orders have one, so
-- the others pay only for the look at the condition. (A GIN index over the refunds would not be used under row-level security:
-- its operator is not leakproof.)
create index order_state_refunded on order_state (program_id, store_id, updated_at)
  where jsonb_array_length(snapshot -> 'refunds') > 0;
