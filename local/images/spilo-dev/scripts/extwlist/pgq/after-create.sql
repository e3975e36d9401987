GRANT pgq_reader, pgq_writer, pgq_admin TO admin WITH ADMIN OPTION;
