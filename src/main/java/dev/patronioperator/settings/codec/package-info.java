/** How values are written in a ConfigMap (one flat text) and in an OperatorConfiguration (a tree), both as the peer reads them. */
package dev.patronioperator.settings.codec;
