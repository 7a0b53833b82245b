//! The gRPC protocol of Parallax agents and its generated code.
