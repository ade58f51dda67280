-- Every change of a row: who, when, by which command, before and after.
CREATE VIEW history AS
SELECT
  change.id, change.at, coalesce(command.user, 'another program') AS user, coalesce(command.title, '') AS title,
  change.table_name, change.row_id, change.operation, change.before, change.after
FROM change LEFT JOIN command ON command.id = change.command_id;

-- Who makes the changes that the triggers keep: the command that runs, or another program, which has none. No row while
-- a bulk load keeps its changes itself.
CREATE VIEW acting_command AS
SELECT current_command.command_id, command.at, command.title
FROM current_command LEFT JOIN command ON command.id = current_command.command_id
WHERE NOT current_command.bulk;

-- What the triggers of the tables write into (csm.storage.file.history): a row as json, and which moment of a change it
-- is of: insert, before or after an update, delete.
CREATE VIEW keep AS SELECT table_name, row_id, after AS row, operation AS moment FROM change;

CREATE TRIGGER keep_change INSTEAD OF INSERT ON keep WHEN NEW.moment <> 'after' BEGIN
  INSERT INTO change (at, command_id, table_name, row_id, operation, before, after)
  SELECT coalesce(at, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), command_id, NEW.table_name, NEW.row_id,
    iif(NEW.moment = 'before', 'update', NEW.moment), iif(NEW.moment = 'insert', NULL, NEW.row),
    iif(NEW.moment = 'insert', NEW.row, NULL)
  FROM acting_command;
END;

CREATE TRIGGER keep_after INSTEAD OF INSERT ON keep WHEN NEW.moment = 'after' BEGIN
  UPDATE change SET after = NEW.row WHERE id = (
    SELECT max(id) FROM change
    WHERE table_name = NEW.table_name AND row_id = NEW.row_id AND operation = 'update' AND after IS NULL);
END;
