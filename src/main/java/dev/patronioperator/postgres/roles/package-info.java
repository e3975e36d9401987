/**
 * Roles: how they should be, how they are, and the statements between the two. What the operator gave to a role it writes down beside
 * the role, in the database, and takes back when it is not wanted any more; what others gave stays.
 */
package dev.patronioperator.postgres.roles;
