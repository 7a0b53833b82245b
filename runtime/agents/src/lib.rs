//! Agents over gRPC: registry, pool, started processes.
