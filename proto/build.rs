//! Compiles the `.proto` files without a `protoc` on the machine.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=parallax");
    let descriptors = protox::compile(["parallax/confidence.proto", "parallax/registry.proto"], ["."])?;
    tonic_prost_build::configure().compile_fds(descriptors)?;
    Ok(())
}
