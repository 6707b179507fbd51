-- The search index. bot/answers/index.py runs this at every opening.
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
  id INTEGER PRIMARY KEY, origin TEXT NOT NULL, name TEXT NOT NULL, sha TEXT NOT NULL,
  facts TEXT NOT NULL, raw TEXT NOT NULL, blocks TEXT NOT NULL,
  scanned INTEGER NOT NULL, restored REAL NOT NULL, UNIQUE (origin, name));
CREATE TABLE IF NOT EXISTS passages (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, passage TEXT NOT NULL,
  weights TEXT NOT NULL, heading TEXT NOT NULL, length REAL NOT NULL, surfaces TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document);
CREATE TABLE IF NOT EXISTS holders (key TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vocabulary (surface TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS passage_keys
  USING fts5(keys, tokenize = "unicode61 tokenchars '.,'");
-- A number that grows with every change, so that another process sees that there was one.
CREATE TRIGGER IF NOT EXISTS document_came AFTER INSERT ON documents BEGIN
  INSERT INTO about VALUES ('generation', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1;
END;
CREATE TRIGGER IF NOT EXISTS document_went AFTER DELETE ON documents BEGIN
  INSERT INTO about VALUES ('generation', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1;
END;
