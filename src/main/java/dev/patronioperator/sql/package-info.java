/**
 * SQL as a value. Every statement that the operator sends is made by {@link dev.patronioperator.sql.Sql}, the one place that
 * quotes names and values; a session takes nothing else.
 */
package dev.patronioperator.sql;
