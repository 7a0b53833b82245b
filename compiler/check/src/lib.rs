//! Names, types and uncertainty of Prism programs.
