/**
 * Who is a member of a team: what {@code PostgresTeam} resources and the Teams API say of it. Who has a role in a cluster for it follows
 * from that without asking anybody; what was asked lies in {@code http}.
 */
package dev.patronioperator.teams;
