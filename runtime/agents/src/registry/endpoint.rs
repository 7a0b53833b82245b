use std::net::IpAddr;

use super::lease::Peer;
use super::refusal::RegistryRefusal;

/// `host:port` in its parts; the host of an IPv6 address stands in brackets.
///
/// # Errors
/// [`RegistryRefusal::EndpointForm`] for anything else, with a scheme or a path for instance.
pub fn parse_endpoint(endpoint: &str) -> Result<(String, u16), RegistryRefusal> {
    let malformed = || RegistryRefusal::EndpointForm { endpoint: endpoint.chars().take(200).collect() };
    let (host, port) = endpoint.rsplit_once(':').ok_or_else(malformed)?;
    let port: u16 = port.parse().ok().filter(|port| *port != 0).ok_or_else(malformed)?;
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let fits = match bracketed {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            !host.is_empty()
                && host.len() <= 253
                && host
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'))
        }
    };
    if fits { Ok((host.to_owned(), port)) } else { Err(malformed()) }
}

/// Whether an endpoint that a peer registers may be called.
///
/// It may when it is on the machine of the peer: `localhost` or a loopback address for a peer on this machine, the
/// peer's own address for another; or when `allowed_hosts` names its host. A peer elsewhere cannot make Prism call
/// services of this machine by registering a loopback address.
///
/// # Errors
/// [`RegistryRefusal::EndpointForm`] or [`RegistryRefusal::EndpointNotAllowed`].
pub fn check_endpoint(endpoint: &str, peer: Peer, allowed_hosts: &[String]) -> Result<(), RegistryRefusal> {
    let (host, _) = parse_endpoint(endpoint)?;
    if allowed_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(&host)) {
        return Ok(());
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let at = if bare.eq_ignore_ascii_case("localhost") {
        Some(Peer::Loopback)
    } else {
        bare.parse::<IpAddr>().ok().map(Peer::from)
    };
    if at == Some(peer) {
        Ok(())
    } else {
        Err(RegistryRefusal::EndpointNotAllowed { endpoint: endpoint.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_host_and_port() {
        assert_eq!(parse_endpoint("127.0.0.1:50051"), Ok(("127.0.0.1".to_owned(), 50051)));
        assert_eq!(parse_endpoint("[::1]:1"), Ok(("[::1]".to_owned(), 1)));
        assert_eq!(
            parse_endpoint("agent-7.example:80").map(|(host, _)| host),
            Ok("agent-7.example".to_owned())
        );
        for wrong in [
            "",
            "localhost",
            "http://localhost:1",
            "localhost:0",
            "localhost:70000",
            ":5",
            "a b:5",
            "::1:5",
            "[x]:5",
            "host:5/path",
        ] {
            assert!(matches!(parse_endpoint(wrong), Err(RegistryRefusal::EndpointForm { .. })), "{wrong}");
        }
    }

    #[test]
    fn a_peer_registers_its_own_machine_only() {
        let elsewhere = Peer::from("10.1.2.3".parse::<IpAddr>().unwrap());
        let here = Peer::from("::1".parse::<IpAddr>().unwrap());
        assert_eq!(here, Peer::from("127.0.0.1".parse::<IpAddr>().unwrap()));
        for endpoint in ["localhost:5", "127.0.0.1:5", "127.9.9.9:5", "[::1]:5"] {
            assert_eq!(check_endpoint(endpoint, here, &[]), Ok(()), "{endpoint}");
            assert!(check_endpoint(endpoint, elsewhere, &[]).is_err(), "{endpoint}");
        }
        assert_eq!(check_endpoint("10.1.2.3:5", elsewhere, &[]), Ok(()));
        assert!(check_endpoint("10.1.2.4:5", elsewhere, &[]).is_err());
        assert!(check_endpoint("10.1.2.3:5", here, &[]).is_err());
        assert!(check_endpoint("metadata.internal:80", here, &[]).is_err());
        assert_eq!(check_endpoint("agents.internal:80", here, &["agents.internal".to_owned()]), Ok(()));
    }

    #[test]
    fn a_mapped_ipv4_address_is_the_ipv4_address() {
        assert_eq!(Peer::from("::ffff:127.0.0.1".parse::<IpAddr>().unwrap()), Peer::Loopback);
    }
}
