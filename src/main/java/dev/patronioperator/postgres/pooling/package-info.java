/** What a connection pooler needs in every database: a way to look up the verifiers of the people it lets in. */
package dev.patronioperator.postgres.pooling;
