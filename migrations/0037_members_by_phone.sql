-- Somebody is found by their whole phone number as they are by their mailbox; every search asks for both.
create index member_phone on member (program_id, phone) where phone is not null;
