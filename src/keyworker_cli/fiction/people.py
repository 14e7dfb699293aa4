"""Invented people: names, prison numbers, dates of birth, and the logins of staff. None of them is anybody."""

import random
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final

_FIRST_NAMES = """
    Aaron Abdul Adam Adeel Aidan Alan Alex Alfie Amir Andre Andrew Anthony Archie Ashley Barry Ben Billy Bradley
    Brandon Brian Callum Cameron Carl Charlie Chris Cody Colin Connor Corey Craig Curtis Dale Damian Daniel
    Darren David Dean Declan Dennis Derek Dominic Dwayne Dylan Eddie Elijah Ethan Femi Finley Frank Gareth Gary
    George Glen Graham Greg Harry Hassan Hussein Ian Ibrahim Imran Isaac Ivan Jack Jacob Jake Jamal James Jamie
    Jason Jay Jerome Jimmy Joe Joel John Jordan Joseph Josh Kai Karl Kane Keith Kelvin Ken Kevin Khalid Kieran
    Kyle Lee Leon Levi Lewis Liam Luke Malachi Marcus Mark Martin Mason Matthew Max Michael Mitchell Mohammed
    Nathan Neil Nicholas Nigel Noah Omar Oscar Owen Patrick Paul Perry Peter Philip Rashid Raymond Reece Rhys
    Ricky Robbie Robert Roman Ross Russell Ryan Sam Scott Sean Shane Shaun Simon Spencer Stefan Stephen Stuart
    Tariq Terry Theo Thomas Tim Toby Tony Tyler Tyrone Usman Vincent Warren Wayne William Yusuf Zachary
"""
FIRST_NAMES: Final = tuple(_FIRST_NAMES.split())
_WOMEN = """
    Abigail Aisha Alison Amanda Amy Angela Anna Beth Carol Charlotte Chloe Claire Debbie Donna Emma Fatima Fiona
    Gemma Hannah Hayley Helen Jade Jane Janet Jodie Julie Karen Kate Kelly Kim Laura Leanne Linda Lisa Lucy Lynn
    Maria Mel Michelle Naomi Natalie Nicola Pam Priya Rachel Rebecca Ruth Sarah Sharon Shazia Sian Sonia Sophie
    Steph Sue Tara Tracey Vicky Wendy Yasmin Zoë
"""
STAFF_FIRST_NAMES: Final = (*FIRST_NAMES[::2], *_WOMEN.split())
_LAST_NAMES = """
    Abbott Achebe Adair Ainsley Akhtar Aldous Allder Ambrose Anstey Appleby Arkwright Ashdown Aspinall Atterby
    Aylward Babbage Backhouse Bagshaw Bainton Balogun Bancroft Barnaby Barraclough Bashir Batley Beaumont
    Beckwith Bellamy Benning Bexley Birtwell Blackmore Blakeney Bodley Bolland Bonham Boothroyd Bowden Brackley
    Braithwaite Brannigan Brindle Broadbent Brockley Bryden Buckland Burridge Byrom Cadman Calloway Cardew
    Carrick Carswell Catterall Chadwick Chaudhry Chilcott Clackson Claverley Coates Colbeck Coleridge Copley
    Corrigan Cottrell Crabtree Cranston Croft Cuthbert Dacre Dalby Danvers Darlow Davenport Delaney Denholm
    Dewhurst Dhillon Dixey Dockray Donnelly Dorrington Doyle Draycott Dunmore Eastwood Eccles Edgerley Ekwueme
    Elland Ellwood Emsley Entwistle Everard Fairhurst Fallow Farrell Fenwick Fielding Finch Firth Flaherty
    Fletcher Forrester Foxley Frayne Furness Gadsby Galbraith Garside Gaskell Gilroy Goddard Gorse Grainger
    Greenhalgh Gresley Grimshaw Hadley Haigh Halliwell Hanbury Hardcastle Harker Hartnell Haslam Hathersage
    Hawksworth Haydock Heaton Hebden Helliwell Hepworth Hesketh Holroyd Horsfall Hoyle Huxley Ibbotson Idowu
    Illingworth Inchbald Ingham Iqbal Jagger Jarrow Jessop Jowett Kaczmarek Kearsley Keighley Kellett Kershaw
    Khatun Kilburn Kirkby Knaggs Kowalski Lacey Lambton Langdale Larkin Lassiter Ledbury Leyland Lindley
    Lockwood Longstaff Lowther Ludlow Lumley Lyddon Madeley Mahmood Makin Mallory Mannion Marchbank Marsden
    Massey Mawson Maynard Mbeki Medway Mellor Merriman Midgley Milburn Mirza Mistry Moffat Monkton Moorcroft
    Mulligan Musgrave Nadeem Naylor Nettleton Newbold Nightingale Norcliffe Nuttall Nwosu Oakden Oddie Ogden
    Okoro Oldroyd Onslow Openshaw Ormerod Osgood Otley Oxley Padgett Palfrey Parfitt Pashley Peckham Pelham
    Penhale Pickles Pilling Pinder Pollard Prestwich Priestley Quarmby Quigley Quinlan Radcliffe Rahman Ramsden
    Rastrick Rawcliffe Redfern Renshaw Ridsdale Rimmer Roebuck Rostron Rothwell Rushworth Saddler Salter Sandal
    Satterthwaite Saxby Scholes Sedgwick Selby Shackleton Sharples Shipley Siddall Skelton Slater Smithies
    Snowden Southworth Speight Stainton Standish Stansfield Stott Sugden Sutcliffe Swinburn Tattersall Teasdale
    Tempest Thackray Thewlis Thornber Threlfall Tolson Topham Tordoff Townend Trask Tunstall Turnbull Tyldesley
    Uddin Ulyett Unsworth Upton Varley Vasey Verity Vickers Waddington Wainwright Walmsley Wardle Warrick
    Waterhouse Weatherall Whalley Wharton Whitham Widdop Wilkes Windle Wolstenholme Woodhead Wragg Wrigley
    Yardley Yeadon Younis Zaman
"""
LAST_NAMES: Final = tuple(_LAST_NAMES.split())

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBERS: Final = 26 * 10_000 * 26 * 26
_STRIDE: Final = (
    104_395_301  # a prime that does not divide _NUMBERS: each number comes once, and neighbours lie far apart
)
_YOUNGEST: Final = 18
_OLDEST: Final = 74


def prison_numbers(seed: int, taken: Collection[str]) -> Iterator[str]:
    """Yield prison numbers (`A1234BC`), no two alike and none of those that are taken."""
    place = seed * 7919 % _NUMBERS
    while True:
        place = (place + _STRIDE) % _NUMBERS
        rest, last = divmod(place, 26)
        rest, middle = divmod(rest, 26)
        first, digits = divmod(rest, 10_000)
        number = f"{_LETTERS[first]}{digits:04}{_LETTERS[middle]}{_LETTERS[last]}"
        if number not in taken:
            yield number


def prisoner_name(rng: random.Random) -> tuple[str, str]:
    """Return a last and a first name."""
    draw = rng.random
    return LAST_NAMES[int(draw() * len(LAST_NAMES))], FIRST_NAMES[int(draw() * len(FIRST_NAMES))]


def birth_date(rng: random.Random, on: date) -> date:
    """Return a date of birth: adults of all ages on `on`, most of them between 20 and 45."""
    years = _YOUNGEST + (_OLDEST - _YOUNGEST) * rng.random() ** 2.2
    return on - timedelta(days=int(years * 365.25) + 2)


def login_of(last_name: str, first_name: str, taken: set[str]) -> str:
    """Return a login nobody has yet, and take it: last name and initial in small letters, then a figure if need be."""
    plain = f"{last_name}{first_name[0]}".casefold().replace("ë", "e")
    login, number = plain, 1
    while login in taken:
        number += 1
        login = f"{plain}{number}"
    taken.add(login)
    return login
