import { expect, test } from 'vitest'
import { splitStatements } from '../../../src/database/migrate/split-statements.ts'

const texts = (sql: string) => splitStatements(sql).map(statement => statement.text)

test('statements end at semicolons, and each knows its line', () => {
  expect(splitStatements('SELECT 1;\n\n-- why\nSELECT\n  2;')).toEqual([
    { text: 'SELECT 1', line: 1 },
    { text: 'SELECT\n  2', line: 4 },
  ])
})

test('a semicolon in a string, a name or a comment ends nothing', () => {
  const sql = `SELECT 'a;b''c;', E'd\\';e', "f;g" /* h; -- */ -- i;\n, 1`
  expect(texts(sql)).toEqual([sql])
})

test('a dollar quote ends at its own tag only', () => {
  const sql = `DO $a$ BEGIN EXECUTE $$SELECT 1;$$; PERFORM '$b$;'; END $a$`
  expect(texts(`${sql};SELECT $1`)).toEqual([sql, 'SELECT $1'])
})

test('a body between BEGIN ATOMIC and END is one statement', () => {
  const sql = 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END'
  expect(texts(`${sql}; SELECT 3`)).toEqual([sql, 'SELECT 3'])
})

test('a file of comments holds no statement', () => {
  expect(texts('-- nothing;\n/* here; */\n;;')).toEqual([])
})
