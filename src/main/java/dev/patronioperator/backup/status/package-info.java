/** Says how a logical backup is; pure. */
package dev.patronioperator.backup.status;
