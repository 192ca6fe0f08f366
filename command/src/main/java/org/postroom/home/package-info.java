/// The home: a folder with the configuration, the certificate and, by the store, everything else
/// ([Home]). The rows of the configuration ([Keys]) are read ([Configuration]), and the commented sample
/// ([Sample]) comes from them.
///
/// What may not live here: anything that runs. Files are read and written on the caller's thread, which
/// is never a virtual one.
@NullMarked
package org.postroom.home;

import org.jspecify.annotations.NullMarked;
