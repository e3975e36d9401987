package dev.patronioperator.postgres.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.patronioperator.sql.Sql;

/** A session in one database, for the length of one piece of work. What the server refuses ends the work with {@link SqlAnswer.Failed}. */
public interface SqlSession {

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    /** What is asked, and who takes each row of the answer. */
    record Question(Sql sql, RowTaker rows) {}

    <T> List<T> query(Sql question, RowReader<T> reader) throws SQLException;

    /** Several questions on one way to the server and back. */
    void query(List<Question> questions) throws SQLException;

    /** Each statement by itself, as those demand that cannot be in a transaction, such as {@code CREATE DATABASE}. */
    void execute(Sql statement) throws SQLException;

    /** All statements or none. */
    void executeTogether(List<Sql> statements) throws SQLException;
}
