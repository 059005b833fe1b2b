//! What the linter says about the arithmetic of a number card.

use proptest::prelude::{ProptestConfig, proptest};

use crate::decks::working::wrong_equations;

fn wrong(working: &str) -> Vec<String> {
    wrong_equations(working).iter().map(ToString::to_string).collect()
}

#[test]
fn a_wrong_equation_is_named_with_the_right_value() {
    let says = |working: &str| wrong(working).concat();
    assert_eq!(says("10 / 4 = 3"), "the working says 10 / 4 = 3, but 10 / 4 is 2.5");
    assert_eq!(
        says("30 d x 24 h x 60 min = 42,300 min"),
        "the working says 30 d x 24 h x 60 min = 42,300 min, but 30 d x 24 h x 60 min is 43200"
    );
    assert_eq!(says("0.02 = 3 %"), "the working says 0.02 = 3 %, but 0.02 is 2 %");
    assert_eq!(says("21 = 2^4 + 4"), "the working says 21 = 2^4 + 4, but 2^4 + 4 is 20");
    assert!(says("100 % - 99.9 % = 1 %").ends_with("but 100 % - 99.9 % is 0.1 %"));
}

#[test]
fn wrong_steps_are_found_wherever_they_stand() {
    for (working, count) in [
        ("43,200 x (1 - 0.9995) = 43,200 x 0.005 = 21.6 min", 2),
        ("2 x 3 = 6; 6 + 1 = 8, 8 - 3 = 5", 1),
        ("2 x 3 = 6\n6 + 1 = 8\n", 1),
        ("2 x 3\n= 7", 1),
        ("10,000,000 / 86,400초 = 평균 151.74 rps, 피크 약 579 rps", 1),
        ("30일 x 24시간 = 740시간, 시간당 비율은 14.4 / 720 = 0.03 = 3%", 2),
        ("쿼럼은 3, 견딜 수 있는 장애 = 5 - 3 = 1", 1),
        ("the hours (730 x $0.045 = $42.85) stay", 1),
        ("64 - 2(네트워크, 브로드캐스트) = 63개", 1),
        ("43,200 min x 0.05 % = 2,160 min", 1),
        ("100 x (1 + 20 %) = 130", 1),
        ("3 × 4 ÷ 2 * 5 − 1 = 30", 1),
    ] {
        assert_eq!(wrong(working).len(), count, "{working}: {:?}", wrong(working));
    }
}

#[test]
fn right_and_rounded_equations_are_left_alone() {
    for working in [
        "30 d x 24 h x 60 min = 43,200 min; 43,200 x (1 - 0.9995) = 43,200 x 0.0005 = 21.6 min",
        "100 % - 99.9 % = 0.1 %",
        "10,000,000 / 86,400초 = 평균 115.74 rps",
        "0.999 x 0.999 = 0.998001 = 99.8001%",
        "14.4 / 720 = 0.02 = 2 %",
        "21.6 / 43,200 x 100 = 0.05 %",
        "1 / 3 = 0.3",
        "2^(32 - 28) = 2^4 = 16개, AWS가 서브넷마다 5개를 예약하므로 16 - 5 = 11개",
        "0.3 - 0.1 - 0.2 = 0",
        "2^-2 = 0.25; -3 x 2 = -6",
        "100 x (1 + 20 %) = 120",
    ] {
        assert_eq!(wrong(working), [""; 0], "{working}");
    }
}

#[test]
fn what_cannot_be_read_for_certain_is_left_alone() {
    for working in [
        "72 h = 3 d; 3 nodes = 12 vCPU",
        "20 ms x 50 = 1 s; 1 GB / 10 MB = 102.4",
        "10 GB x 8 bits / 100 Mbps = 800 s",
        "2^32 = 4.29 billion",
        "10 / 4 = about 3; 10 / 4 = 약 3; 10 / 4 = 3 rounded up; 10 / 4 = 3(올림)",
        "quorum = floor(5/2) + 1 = 3",
        "쿼럼 = 5/2를 내림한 값 + 1 = 3",
        "ENIs x (IPv4 per ENI - 1) + 2 = 3 x (10 - 1) + 2",
        "half of 10 = 5; 10 times 4 = 40; 10 % of 50 = 5",
        "200 - 10 % = 180; 5 % + 2 = 7",
        "1 h + 30 min = 90 min; 1 s - 200 ms = 800 ms",
        "1-2 s x 3 = 3-6 s",
        "level 5 = 52; 0x10 = 16; 3! = 6; 1e6 x 2 = 2,000,000",
        "5 >= 3; 5 != 3; a == b; = ; 5 = ; = 5; 1 / 0 = 7",
        "2^3^2 = 64; 10.0.0.0/24 = 256; 1,00 x 2 = 20",
        "a = 20\n- 5 x 2 = 10",
        "max(3, 5) = 5; 2 + 3) = 6",
        "",
    ] {
        assert_eq!(wrong(working), [""; 0], "{working}");
    }
}

#[test]
fn deep_and_long_workings_are_survived() {
    for piece in ["(", ")", "-", "2^", "1=", "(=", "1+(", "x", "%", "가"] {
        wrong_equations(&piece.repeat(20_000));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_working_stops_the_check(any in "\\PC{0,80}", likely in "[0-9 .,;=()+x/%^$가약a\n-]{0,60}") {
        wrong_equations(&any);
        wrong_equations(&likely);
    }

    #[test]
    fn sums_of_whole_numbers_are_judged_rightly(a in 1_u32..9999, b in 1_u32..9999, off in 0_u32..3) {
        let sum = a + b + off * (a + b);
        proptest::prop_assert_eq!(wrong(&format!("{a} + {b} = {sum}")).len(), usize::from(off > 0));
    }
}
