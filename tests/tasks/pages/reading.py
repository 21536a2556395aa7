"""Reading a page as a browser does: its numbers, and where they lead."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import RequestFactory

from tasks.pages.blockers import BlockerList
from tasks.pages.directives import DirectiveList
from tasks.pages.tasks import TaskList

FIGURE = ("stat-value", "chip-count", "tab-count")


class _Links(HTMLParser):
    """Collects (address, figure or None, text) of every link."""

    def __init__(self):
        super().__init__()
        self.found, self.link, self.in_figure = [], None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("href"):
            self.link = [attrs["href"], None, ""]
        self.in_figure = any(name in (attrs.get("class") or "").split() for name in FIGURE)

    def handle_data(self, data):
        if self.link is not None:
            self.link[2] += data
            if self.in_figure:
                self.link[1] = int(data)

    def handle_endtag(self, tag):
        self.in_figure = False
        if tag == "a" and self.link is not None:
            self.found.append(tuple(self.link))
            self.link = None


def numbers(html, address):
    """Yield (address, number) for each number of the page that is a link into a list of rows."""
    reader = _Links()
    reader.feed(html)
    for href, figure, text in reader.found:
        url = urljoin(address, unescape(href))
        number = int(text) if figure is None and text.strip().isdecimal() else figure
        if number is not None and re.match(r"/(tasks|directives|blockers)/\?", url):
            yield url, number


PAGES = {"/tasks/": TaskList, "/directives/": DirectiveList, "/blockers/": BlockerList}


def rows_behind(user, url):
    """Count the rows of the list at ``url`` as its page finds them; drawing it each time would take minutes."""
    request = RequestFactory().get(url)
    request.user = user
    page = PAGES[request.path]()
    page.setup(request)
    chosen = page.filter_class(page.asked(), queryset=page.visible(), request=request)
    assert chosen.is_valid(), url
    return chosen.qs.count()


def rows_shown(client, url):
    """Count the rows that the list shows, page by page."""
    count, address = 0, url
    while address:
        html = client.get(address).content.decode()
        count += len(re.findall(r"<(?:tr|li)[^>]* data-row", html))
        following = re.findall(r'<a class="btn btn-small" href="([^"]+)" rel="next">', html)
        address = urljoin(url, unescape(following[0])) if following else None
    return count
