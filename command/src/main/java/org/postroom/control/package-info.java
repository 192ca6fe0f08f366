/// What an administrator can order ([Order]), what comes of it ([Answer]), and who carries it out
/// ([Steward]), in a running server or, with its lock held, in a home where none runs. The command line
/// sends orders over the home's socket ([ControlSocket], [Caller]); a page will send the same ones.
///
/// [Serving] is a server that runs. What may not live here: words and options of the command line.
@NullMarked
package org.postroom.control;

import org.jspecify.annotations.NullMarked;
