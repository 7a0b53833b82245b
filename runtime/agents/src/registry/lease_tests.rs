use super::*;

const TTL: u64 = 1_000_000;

fn agent(id: &str, endpoint: &str) -> AgentRecord {
    AgentRecord { id: id.to_owned(), endpoint: endpoint.to_owned(), ..AgentRecord::default() }
}

fn table_with(id: &str) -> LeaseTable {
    let mut table = LeaseTable::new();
    let change = table.register(agent(id, "127.0.0.1:1"), Peer::Loopback, Some(TTL), 0).unwrap();
    assert!(matches!(change, Some(LeaseChange::Added { .. })));
    table
}

fn state(table: &LeaseTable, id: &str, now_us: u64) -> Option<LeaseState> {
    table.find(id, now_us).map(|(_, state)| state)
}

#[test]
fn a_lease_is_healthy_for_one_length_and_there_for_three() {
    let table = table_with("a");
    assert_eq!(state(&table, "a", TTL - 1), Some(LeaseState::Healthy));
    assert_eq!(state(&table, "a", TTL), Some(LeaseState::Unhealthy));
    assert_eq!(state(&table, "a", 3 * TTL - 1), Some(LeaseState::Unhealthy));
    assert_eq!(state(&table, "a", 3 * TTL), None);
    assert_eq!(table.live(3 * TTL).count(), 0);
}

#[test]
fn sweeping_tells_each_change_once_and_knows_when_to_come_again() {
    let mut table = table_with("a");
    assert_eq!(table.next_change_us(), Some(TTL));
    assert_eq!(table.sweep(TTL - 1), []);
    assert!(matches!(
        table.sweep(TTL).as_slice(),
        [LeaseChange::Modified { state: LeaseState::Unhealthy, .. }]
    ));
    assert_eq!(table.sweep(TTL + 1), []);
    assert_eq!(table.next_change_us(), Some(3 * TTL));
    assert!(matches!(table.sweep(3 * TTL).as_slice(), [LeaseChange::Deleted { .. }]));
    assert_eq!(table.next_change_us(), None);
    assert_eq!(table.sweep(100 * TTL), []);
}

#[test]
fn renewing_prolongs_and_heals() {
    let mut table = table_with("a");
    assert_eq!(table.renew("a", Peer::Loopback, None, TTL / 2), Ok(None));
    assert_eq!(state(&table, "a", TTL + TTL / 2 - 1), Some(LeaseState::Healthy));
    table.sweep(2 * TTL);
    assert!(matches!(
        table.renew("a", Peer::Loopback, None, 2 * TTL),
        Ok(Some(LeaseChange::Modified { state: LeaseState::Healthy, .. }))
    ));
    assert_eq!(state(&table, "a", 3 * TTL - 1), Some(LeaseState::Healthy));
}

#[test]
fn an_agent_that_was_gone_is_revived_by_renewing() {
    let mut table = table_with("a");
    table.sweep(50 * TTL);
    assert_eq!(state(&table, "a", 50 * TTL), None);
    let change = table.renew("a", Peer::Loopback, None, 50 * TTL).unwrap();
    assert_eq!(change, Some(LeaseChange::Added { agent: agent("a", "127.0.0.1:1") }));
    assert_eq!(state(&table, "a", 51 * TTL - 1), Some(LeaseState::Healthy));
}

#[test]
fn a_renewal_can_change_the_length() {
    let mut table = table_with("a");
    table.renew("a", Peer::Loopback, Some(5 * TTL), 0).unwrap();
    assert_eq!(state(&table, "a", 5 * TTL - 1), Some(LeaseState::Healthy));
    for wrong in [0, SHORTEST_TTL_US - 1, LONGEST_TTL_US + 1, u64::MAX] {
        assert_eq!(
            table.renew("a", Peer::Loopback, Some(wrong), 0),
            Err(RegistryRefusal::LeaseLength { ttl_us: wrong })
        );
    }
}

#[test]
fn who_was_never_there_or_went_cannot_renew() {
    let mut table = table_with("a");
    assert!(matches!(table.renew("b", Peer::Loopback, None, 0), Err(RegistryRefusal::Unknown { .. })));
    assert!(matches!(table.unregister("a", Peer::Loopback, 0), Ok(Some(LeaseChange::Deleted { .. }))));
    assert!(matches!(table.renew("a", Peer::Loopback, None, 0), Err(RegistryRefusal::Unknown { .. })));
    assert_eq!(table.unregister("a", Peer::Loopback, 0), Ok(None));
}

#[test]
fn a_live_id_is_not_taken_over() {
    let mut table = table_with("a");
    let elsewhere = Peer::Remote("10.0.0.9".parse().unwrap());
    for (endpoint, peer) in [("127.0.0.1:2", Peer::Loopback), ("127.0.0.1:1", elsewhere)] {
        assert!(matches!(
            table.register(agent("a", endpoint), peer, None, TTL - 1),
            Err(RegistryRefusal::Taken { .. })
        ));
    }
    assert!(matches!(table.renew("a", elsewhere, None, 0), Err(RegistryRefusal::NotYours { .. })));
    assert!(matches!(table.unregister("a", elsewhere, 0), Err(RegistryRefusal::NotYours { .. })));
    assert!(matches!(
        table.register(agent("a", "127.0.0.1:2"), Peer::Loopback, None, TTL),
        Ok(Some(LeaseChange::Modified { .. }))
    ));
}

#[test]
fn an_agent_that_registers_again_unchanged_changes_nothing_but_its_lease() {
    let mut table = table_with("a");
    let again = table.register(agent("a", "127.0.0.1:1"), Peer::Loopback, Some(TTL), TTL / 2);
    assert_eq!(again, Ok(None));
    assert_eq!(state(&table, "a", TTL + 1), Some(LeaseState::Healthy));
    let mut different = agent("a", "127.0.0.1:1");
    different.capabilities = vec!["b".to_owned(), "a".to_owned(), "b".to_owned()];
    let change = table.register(different, Peer::Loopback, Some(TTL), TTL / 2).unwrap().unwrap();
    assert_eq!(change.agent().capabilities, ["a", "b"]);
}

#[test]
fn a_full_table_forgets_who_is_gone_and_nobody_else() {
    let mut table = LeaseTable::new();
    for number in 0..MOST_RECORDS {
        let now = number as u64;
        table.register(agent(&format!("a{number}"), "127.0.0.1:1"), Peer::Loopback, Some(TTL), now).unwrap();
    }
    let late = agent("late", "127.0.0.1:1");
    assert!(matches!(
        table.register(late.clone(), Peer::Loopback, None, TTL),
        Err(RegistryRefusal::Full { .. })
    ));
    let now = 10 * TTL;
    table.sweep(now);
    table.register(late, Peer::Loopback, None, now).unwrap();
    assert!(matches!(table.renew("a0", Peer::Loopback, None, now), Err(RegistryRefusal::Unknown { .. })));
    assert!(table.renew("a1", Peer::Loopback, None, now).is_ok());
}
