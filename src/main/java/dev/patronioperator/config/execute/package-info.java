/** What the configuration's controller writes. */
package dev.patronioperator.config.execute;
