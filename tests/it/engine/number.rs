//! Numbers as people write them, exact to the thousandth.

use drillhall::engine::number::Number;

#[test]
fn numbers_are_read_as_people_write_them() {
    let read = |text| Number::parse(text).map(|number| number.0);
    assert_eq!(read("3"), Some(3000));
    assert_eq!(read(" -0,25 "), Some(-250));
    assert_eq!(read("12 500.5"), Some(12_500_500));
    assert_eq!(read("1'000"), Some(1_000_000));
    for bad in ["", "-", ".5", "5.", "1.2345", "1e3", "NaN", "1,2,3", "99999999999999"] {
        assert_eq!(read(bad), None, "{bad}");
    }
}

#[test]
fn a_number_is_written_as_it_is_read() {
    for text in ["0", "-0.25", "12500.5", "7", "0.001"] {
        assert_eq!(Number::parse(text).expect("a number").to_string(), text);
    }
}
