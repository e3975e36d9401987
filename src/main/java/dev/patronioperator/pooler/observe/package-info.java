/** Reads what the objects of poolers are made of beside manifest and settings. Reads only. */
package dev.patronioperator.pooler.observe;
