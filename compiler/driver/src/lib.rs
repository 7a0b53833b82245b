//! The one door to the Prism compiler: sessions, files, compilation.
