/**
 * Reports one view to the service that the site names: to its documented address, without a script of its own, a
 * cookie or anything kept in the browser. Readers who ask not to be tracked are not counted.
 */
export function countView(service: string, id: string, endpoint: string): void {
  const { doNotTrack, globalPrivacyControl, webdriver } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
  };
  const local = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(location.hostname);
  if (doNotTrack === '1' || globalPrivacyControl || (webdriver && !local)) return;
  // On the author's own machine only a service that is there too is told.
  if (local && !new URL(endpoint).hostname.match(/^(?:localhost|127\.)/)) return;
  const { title, referrer } = document;
  const from = referrer.startsWith(location.origin) ? '' : referrer;
  const size = [screen.width, screen.height];
  const send = (address: string, body?: object) =>
    fetch(address, {
      keepalive: true,
      credentials: 'omit',
      ...(body && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
      ...(!body && { mode: 'no-cors' as const, cache: 'no-store' as const }),
    }).catch(() => {});
  if (service === 'goatcounter') {
    const view = {
      p: location.pathname,
      t: title,
      r: from,
      s: [...size, devicePixelRatio].join(','),
      q: location.search,
    };
    void send(`${endpoint}?${new URLSearchParams(view)}`);
  } else if (service === 'plausible') {
    void send(endpoint, {
      name: 'pageview',
      url: location.href.replace(/#.*/, ''),
      domain: id,
      referrer: from || null,
    });
  } else {
    const { hostname, pathname: url } = location;
    const payload = {
      website: id,
      hostname,
      url,
      title,
      referrer: from,
      language: navigator.language,
      screen: size.join('x'),
    };
    void send(endpoint, { type: 'event', payload });
  }
}
